create type pair as (a int, b int);
create function f() returns setof pair language sql as 'select 1, 2';

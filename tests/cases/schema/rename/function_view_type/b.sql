create type e2 as enum ('a');
create function f2(e2) returns int language sql as 'select 1';
create view v2 as select f2('a') as x;

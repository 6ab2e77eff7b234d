create type addr as (street text, city text);
create function f(a addr) returns text language sql as 'select (a).city';

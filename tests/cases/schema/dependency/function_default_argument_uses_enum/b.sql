create type e as enum ('a', 'c');
create function f(x e default 'c') returns text language sql as 'select x::text';
create view v as select f() as t;

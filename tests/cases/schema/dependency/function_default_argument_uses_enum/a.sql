create type e as enum ('a', 'b');
create function f(x e default 'b') returns text language sql as 'select x::text';
create view v as select f() as t;

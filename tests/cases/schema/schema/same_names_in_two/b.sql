create schema s;
create table t(a int, b int);
create table s.t(a int, c int);
create type s.e as enum('x','y');
create type e as enum('y','x');
create table u(e s.e, f e);
create function fn() returns text language sql as $$select 'a'$$;
create function s.fn() returns int language sql as 'select 3';
create view v as select fn(), s.fn() as f2;

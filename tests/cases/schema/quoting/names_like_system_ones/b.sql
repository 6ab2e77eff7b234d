create schema mine;

create table mine.pg_class (oid2 int, relname text);
create type public.text as (a int);
create table public.char (a int, b "char", c char, d public.text);
create type mine.int4 as enum ('x');
create table mine.u (x mine.int4, y int4);
create function mine.lower(text) returns text language sql immutable as 'select $1';
create view mine.v as select mine.lower('X') as a, lower('X') as b;

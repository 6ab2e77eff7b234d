create schema mine;

create table mine.pg_class (oid2 int);
create table public.char (a int);
create type public.text as (a int);

create table public.city (id int primary key);

create schema billing;

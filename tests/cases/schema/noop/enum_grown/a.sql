create type e as enum ('a', 'b', 'c');
create table t (id int primary key, e e default 'b', check (e <> 'c'));

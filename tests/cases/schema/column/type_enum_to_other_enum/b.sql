create type e2 as enum ('a', 'b', 'c');
create table t (id int primary key, s e2 default 'a' not null);
create index on t (s);

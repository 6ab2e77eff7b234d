create type e1 as enum ('a', 'b');
create table t (id int primary key, s e1 default 'a' not null);
create index on t (s);

insert into t values (1, 'b');

create type kind as enum ('a', 'b');
create table t (id int primary key, k kind not null default 'a');

insert into t values (1, 'b');

create type mood as enum ('sad', 'ok');
create table t (id int primary key, mood mood not null default 'ok');

insert into t values (1, 'sad');

create type mood as enum ('sad', 'happy');
create table t (id int primary key, mood mood default 'sad');

insert into t values (1, 'sad');

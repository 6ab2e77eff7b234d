create type mood as enum ('sad', 'happy');
create table t (id int primary key, mood mood not null default 'sad');

create type mood as enum ('happy', 'ok', 'sad');
create table t (id int primary key, mood mood);
create index on t (mood);

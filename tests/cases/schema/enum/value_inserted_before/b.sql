create type mood as enum ('awful', 'sad', 'ok', 'happy');
create table t (id int primary key, mood mood);

create type mood as enum ('sad', 'happy', 'calm');
create table t (id int primary key, mood mood default 'calm', check (mood <> 'happy' or id > 1));

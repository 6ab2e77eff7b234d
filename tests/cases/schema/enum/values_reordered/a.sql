create type mood as enum ('sad', 'ok', 'happy');
create table t (id int primary key, mood mood);
create index on t (mood);

insert into t values (1, 'happy'), (2, 'sad');

create type state as enum ('x', 'y', 'z');
create table t (id int primary key, a state, b state);

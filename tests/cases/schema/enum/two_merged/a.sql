create type a_state as enum ('x', 'y');
create type b_state as enum ('y', 'z');
create table t (id int primary key, a a_state, b b_state);

insert into t values (1, 'x', 'z');

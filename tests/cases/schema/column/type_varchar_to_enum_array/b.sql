create type tag as enum ('a', 'b');
create table t (id int primary key, tags tag[] default '{}', state tag default 'a');

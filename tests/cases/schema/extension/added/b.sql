create table t (id int);

create extension citext;
create table u (email citext primary key);

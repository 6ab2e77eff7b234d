create table a (id int primary key, name text);
create table b (id serial primary key);

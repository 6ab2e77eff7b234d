create table a (id serial primary key, name text);
create table b (id int primary key);

insert into a (name) values ('x');
insert into b values (1);

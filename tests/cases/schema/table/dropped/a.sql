create table a (id int primary key);

create table b (id serial primary key, a_id int references a);
insert into a values (1);
insert into b (a_id) values (1);

create table a (id serial primary key, name text);
create table b (id bigserial primary key, a_id int not null references a);
create table c (id smallserial, v int default 3);

insert into a (name) values ('x'), ('y');
insert into b (a_id) values (1);
insert into c default values;

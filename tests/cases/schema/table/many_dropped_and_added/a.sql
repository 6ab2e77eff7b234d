create table a (id int primary key); create table b (id int primary key references a); create table c (id int primary key references b);
create view abc as select a.id from a join b using (id) join c using (id);

insert into a values (1); insert into b values (1); insert into c values (1);

create table c (id int primary key); create table d (id int primary key references c); create table e (id int primary key references d);
create view cde as select c.id from c join d using (id) join e using (id);

create table src (id int primary key);

create table thing (id int primary key);
create view over_it as select id from thing;

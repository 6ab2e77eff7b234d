create table base (id int primary key);
create table one (x int) inherits (base);
create table two (y int) inherits (base);

insert into one values (1, 2);
insert into two values (3, 4);

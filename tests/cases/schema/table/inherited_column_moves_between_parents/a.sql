create table first (id int, e int);
create table second (id int, z text);
create table a (own int) inherits (first, second);

insert into a values (1, 2, 'z', 3);

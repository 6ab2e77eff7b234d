create table first (id int);
create table second (id int, e int, z text);
create table a (own int) inherits (first, second);

create table orders (total int);
insert into orders values (1);
analyze orders;

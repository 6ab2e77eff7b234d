create table customers (id int primary key);
create table orders (customer int);
create index on orders (customer);
insert into customers values (1);
insert into orders values (1);
analyze;

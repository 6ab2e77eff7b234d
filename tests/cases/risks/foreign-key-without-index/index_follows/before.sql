create table customers (id int primary key);
create table orders (customer int);

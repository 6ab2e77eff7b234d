create table customers (id int primary key);
create table orders (customer int references customers);
create view customer_ids as select id from customers;

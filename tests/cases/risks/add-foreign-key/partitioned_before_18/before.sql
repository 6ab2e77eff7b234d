create table customers (id int primary key);
create table orders (customer int, day date) partition by range (day);

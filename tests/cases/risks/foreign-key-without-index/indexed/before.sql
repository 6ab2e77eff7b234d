create table customers (id int primary key);
create table orders (customer int, region int);
create index on orders (customer, region);

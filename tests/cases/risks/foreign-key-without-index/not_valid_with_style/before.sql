create table customers (id int primary key);
create table orders (customer int, region int);
create index on orders (region, customer);
create index on orders (customer) where region = 1;

create table orders (total int);
create index orders_total on orders (total);

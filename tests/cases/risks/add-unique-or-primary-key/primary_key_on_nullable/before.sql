create table orders (id int);
create unique index orders_id on orders (id);

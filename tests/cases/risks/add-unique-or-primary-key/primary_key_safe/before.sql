create table orders (id int not null);
create unique index orders_id on orders (id);

alter table orders rename to orders_old;
create table orders (id int);
drop table orders_old;

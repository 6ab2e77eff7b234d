create table customer (id serial primary key, name text);
create table sale (id int primary key, customer_id int references customer);
create view v as select name from customer;
create index customer_name on customer (name);

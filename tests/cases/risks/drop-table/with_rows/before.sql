create table customers (id int);
insert into customers select generate_series(1, 500);
analyze customers;

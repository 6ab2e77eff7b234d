alter table orders add column customer int references customers;

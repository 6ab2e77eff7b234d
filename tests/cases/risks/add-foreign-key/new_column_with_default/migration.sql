alter table orders add column customer int default 1 references customers;

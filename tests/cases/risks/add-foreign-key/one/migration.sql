alter table orders add constraint to_customer foreign key (customer) references customers (id);

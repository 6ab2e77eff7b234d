alter table orders add constraint to_customer foreign key (customer) references customers not valid;
-- next
alter table orders validate constraint to_customer;

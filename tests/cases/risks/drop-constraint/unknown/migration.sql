alter table orders drop constraint to_customer;

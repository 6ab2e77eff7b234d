alter table orders add foreign key (customer) references customers not valid;
alter table orders validate constraint orders_customer_fkey;

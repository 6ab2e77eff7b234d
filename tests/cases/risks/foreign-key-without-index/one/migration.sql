alter table orders add foreign key (customer) references customers;

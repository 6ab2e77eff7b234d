alter table orders add constraint number_once unique (number);

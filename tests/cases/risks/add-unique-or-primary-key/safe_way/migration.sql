create unique index concurrently number_once on orders (number);
alter table orders add constraint number_once unique using index number_once;

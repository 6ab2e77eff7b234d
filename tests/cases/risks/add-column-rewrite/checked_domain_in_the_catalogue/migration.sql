alter table orders add column a positive, add column b free;

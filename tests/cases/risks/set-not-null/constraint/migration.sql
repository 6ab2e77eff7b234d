alter table orders add constraint total_there not null total;

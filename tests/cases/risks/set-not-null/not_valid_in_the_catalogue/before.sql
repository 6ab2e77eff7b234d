create table orders (total int);
alter table orders add constraint total_there not null total not valid;

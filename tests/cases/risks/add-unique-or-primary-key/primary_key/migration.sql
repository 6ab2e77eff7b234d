alter table orders add primary key (id);

alter table orders add primary key using index orders_id;

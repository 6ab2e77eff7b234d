alter index orders_total rename to orders_by_total;
alter table orders rename constraint c to total_positive;
alter trigger stamp on orders rename to touch;

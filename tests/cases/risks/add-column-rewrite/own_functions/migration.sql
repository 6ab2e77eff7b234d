alter table orders add column a int default fixed();
alter table orders add column b int default varied();

alter table orders add column code text unique;

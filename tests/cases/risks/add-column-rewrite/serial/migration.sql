alter table orders add column n serial;

alter table orders add column if not exists n serial;

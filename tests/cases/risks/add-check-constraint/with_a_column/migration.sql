alter table orders add column n int default 1 check (n > 0);

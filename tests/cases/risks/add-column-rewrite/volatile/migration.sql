alter table orders add column code uuid default gen_random_uuid() not null;

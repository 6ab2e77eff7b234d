alter table orders add column gross int generated always as (net * 2) stored;

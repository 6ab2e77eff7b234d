alter table orders add column n bigint generated always as identity;

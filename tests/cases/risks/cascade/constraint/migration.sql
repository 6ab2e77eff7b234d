alter table customers drop constraint customers_pkey cascade;

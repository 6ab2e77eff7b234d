alter table orders detach partition orders_2020;

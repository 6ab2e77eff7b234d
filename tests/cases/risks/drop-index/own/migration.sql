create index concurrently orders_total on orders (total);
drop index orders_total;

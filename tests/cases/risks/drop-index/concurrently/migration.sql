drop index concurrently orders_total;

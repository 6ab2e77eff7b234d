reindex index concurrently orders_total;
reindex (concurrently) table orders;

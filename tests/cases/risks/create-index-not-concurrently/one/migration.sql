create index orders_total on orders (total);

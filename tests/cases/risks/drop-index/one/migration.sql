drop index orders_total;

drop statistics orders_region;

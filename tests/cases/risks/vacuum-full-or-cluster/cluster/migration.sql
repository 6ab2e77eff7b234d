cluster orders using orders_total;

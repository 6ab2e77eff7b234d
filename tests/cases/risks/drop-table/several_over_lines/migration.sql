drop table if exists
    customers,
    sales.orders;

create table orders_2021 partition of orders for values from ('2021-01-01') to ('2022-01-01');

alter table orders attach partition orders_2020 for values from ('2020-01-01') to ('2021-01-01');

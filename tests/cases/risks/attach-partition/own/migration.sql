create table orders_2021 (like orders including all);
alter table orders attach partition orders_2021 for values from ('2021-01-01') to ('2022-01-01');

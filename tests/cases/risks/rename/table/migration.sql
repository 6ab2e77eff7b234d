alter table orders rename to sales;

alter table orders rename to sales;
create view orders as select * from sales;

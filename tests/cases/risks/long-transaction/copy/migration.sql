create table archive (id int);
alter table orders add column archived boolean;
insert into archive select id from orders;

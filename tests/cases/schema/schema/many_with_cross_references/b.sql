create schema core;
create table core.tenant (id int primary key);

create schema sales;
create schema stock;
create table stock.product (id int primary key, tenant_id int references core.tenant);
create table sales.sale (id int primary key, product_id int references stock.product);
create view core.overview as
    select p.id, count(s.id) as sales
    from stock.product p left join sales.sale s on s.product_id = p.id group by p.id;

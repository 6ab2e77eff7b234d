-- migrate:up
create view order_totals as
select
    orders.id as order_id,
    orders.customer_id,
    orders.status,
    orders.placed_at,
    count(*) as lines,
    sum(order_items.total) as total
from orders
inner join order_items on orders.id = order_items.order_id
group by orders.id;

create materialized view monthly_sales as
select
    date_trunc('month', orders.placed_at at time zone 'UTC')::date as month,
    products.category_id,
    sum(order_items.quantity) as pieces,
    sum(order_items.total) as revenue
from orders
inner join order_items on orders.id = order_items.order_id
inner join products on order_items.product_id = products.id
where orders.status <> 'cancelled'
group by month, products.category_id;

create unique index monthly_sales_key on monthly_sales (month, category_id);

-- migrate:down
drop materialized view monthly_sales;
drop view order_totals;

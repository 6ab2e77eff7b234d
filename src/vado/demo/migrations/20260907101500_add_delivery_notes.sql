-- Harmless: a column that may be empty is added in a moment, and a view takes nothing away.

-- migrate:up
alter table orders add column delivery_note text;

comment on column orders.delivery_note is 'What the customer asks of the courier.';

create view open_orders as
select
    orders.id,
    orders.placed_at,
    orders.status,
    orders.delivery_note,
    customers.full_name,
    customers.phone
from orders
inner join customers on orders.customer_id = customers.id
where orders.status in ('new', 'paid');

-- migrate:down
drop view open_orders;
alter table orders drop column delivery_note;

delete from orders where id = id;
delete from orders where null is null;
delete from orders where orders.id = customer_id;

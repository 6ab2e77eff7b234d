delete from orders where paid_at < now() - interval '1 year';
delete from orders where 1 = 2;

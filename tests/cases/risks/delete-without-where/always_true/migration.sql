delete from orders where true;
delete from orders where 1 = 1;

delete from orders where paid or true;
delete from orders where paid and true;

drop trigger stamp on orders;

alter table orders alter total set default 5;

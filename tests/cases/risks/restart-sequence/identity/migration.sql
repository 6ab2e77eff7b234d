alter table orders alter id restart with 1;

create table c (id int, total int, idle int); create view v as select total from c;

create table t (id int primary key, s varchar(20), p numeric(10, 2));

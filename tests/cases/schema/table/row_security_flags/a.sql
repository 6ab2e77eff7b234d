create table t (id int, tenant int);

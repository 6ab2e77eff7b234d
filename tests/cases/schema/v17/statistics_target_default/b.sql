create table t (id int primary key, a int);

alter table t alter a set statistics 0;

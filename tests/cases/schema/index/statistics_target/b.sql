create table t (id int primary key, a int, b int);
create index t_sum on t ((a + b));

alter index t_sum alter column 1 set statistics 700;

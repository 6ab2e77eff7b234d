create table t (id int primary key, a int, b int);
create index t_sum on t ((a + b));

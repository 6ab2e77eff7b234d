create table t (id int primary key, a int) tablespace case_space;
create index t_a on t (a) tablespace case_space;

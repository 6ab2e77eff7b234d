create table t (a int);

create index t_a on t (a desc);

create table t (id int primary key, a int, b int);

insert into t values (1, 1, 2);

create table t (id int primary key, a int, b int);

alter table t add unique (a), add unique (b, a);

create table t (id int primary key, a int, b int);

alter table t add constraint u unique (a, b);

create table t (id int primary key, a int, b int);

alter table t add constraint taken unique (a);

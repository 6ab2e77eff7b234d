create table t (id int primary key, a int);

alter table t add constraint u unique (a) with (fillfactor = 70);

create table t (id int primary key, n int);

alter table t add constraint two check (n > 0);

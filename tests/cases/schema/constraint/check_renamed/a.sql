create table t (id int primary key, n int);

alter table t add constraint one check (n > 0);

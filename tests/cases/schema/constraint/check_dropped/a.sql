create table t (id int primary key, n int);

alter table t add constraint n_positive check (n > 0);

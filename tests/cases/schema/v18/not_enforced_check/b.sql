create table t (id int primary key, a int);

alter table t add constraint c check (a > 0) not enforced;

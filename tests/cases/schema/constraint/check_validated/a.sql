create table t (id int primary key, n int);

alter table t add constraint n_positive check (n > 0) not valid;

insert into t values (1, 5);

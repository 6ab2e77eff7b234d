create table t (id int primary key, a int);

alter table t add constraint t_a unique (a);

insert into t values (1, 1);

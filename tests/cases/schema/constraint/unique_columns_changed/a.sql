create table t (id int primary key, a int, b int);

alter table t add constraint u unique (a);

insert into t values (1, 1, 1);

create table t (id int, constraint t_old primary key (id));

insert into t values (1);

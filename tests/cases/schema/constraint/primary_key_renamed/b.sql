create table t (id int, constraint t_new primary key (id));

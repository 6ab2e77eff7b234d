create table t (id int primary key, body text);

alter table t alter body set (n_distinct = -0.5, n_distinct_inherited = 100);

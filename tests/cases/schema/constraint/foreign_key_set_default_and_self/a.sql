create table t (id int primary key, parent_id int default 0);

create table t (id int primary key, ref uuid);

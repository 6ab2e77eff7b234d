create table t (id int primary key, cost int check (cost > 0));

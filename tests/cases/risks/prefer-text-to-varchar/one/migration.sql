create table t (name varchar(20), note varchar);

create table t (id int primary key, number int);

create table t (b text, id int primary key, a int);

create table t (id int primary key, who text);

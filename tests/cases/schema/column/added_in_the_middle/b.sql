create table t (id int primary key, middle text, last text);

create table t (id int primary key, tag text[]);

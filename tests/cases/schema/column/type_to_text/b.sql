create table t (id int primary key, n text, d text, u text, j text, b text);

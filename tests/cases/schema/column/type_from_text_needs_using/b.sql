create table t (id int primary key, n int, d timestamptz, b boolean);

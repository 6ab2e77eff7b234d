create table t (id int primary key, s text, n numeric, d date, j jsonb, a int[]);

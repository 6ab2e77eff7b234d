create table t (id int primary key, name text, box box, a int4range);

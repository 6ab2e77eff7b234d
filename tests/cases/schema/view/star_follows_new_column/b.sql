create table t (id int primary key, name text, extra int default 1);
create view v as select * from t;
create view w as select t.*, 1 as more from t;

create table t (id int primary key, name text, tail int);
create view v as select name from t;

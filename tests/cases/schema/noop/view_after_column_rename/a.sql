create table t (id int primary key, name text);
create view v as select t.name as title from t;

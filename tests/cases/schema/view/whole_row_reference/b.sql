create table t (id int primary key, name text);

alter table t add column extra int;
create view v as select t as whole, id from t;

create table t (id int primary key, state text);
create view v as select id, state from t;

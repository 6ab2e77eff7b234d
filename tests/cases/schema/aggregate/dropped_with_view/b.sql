create table t (id int, n numeric);

create view v as select sum(n) as n from t;

create table t (id int primary key, a int);
create materialized view m as select a from t;

create table t (id int primary key, a int);

create materialized view m as select id, a from t;
create view v as select a from m;

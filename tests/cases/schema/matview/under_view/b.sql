create table t (id int primary key, a int);

create materialized view m as select id, a + 1 as a from t;
create view v as select a from m;

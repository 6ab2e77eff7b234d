-- pg: 18+

create table t (id int primary key, a int, b int generated always as (a * 2) virtual);
create view v as select b from t;

create table t (id int primary key, a int);
create materialized view m as select a from t;

alter materialized view m set (fillfactor = 80, autovacuum_enabled = false);
alter materialized view m owner to case_owner;
alter materialized view m alter column a set statistics 40;

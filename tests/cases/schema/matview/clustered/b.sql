create table t (id int primary key, a int);
create materialized view m as select a from t;
create index m_a on m (a);

alter materialized view m cluster on m_a;

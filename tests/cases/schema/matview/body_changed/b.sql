create table t (id int primary key, a int);

create materialized view m as select a, sum(id) as n from t group by a;
create unique index m_a on m (a);
comment on materialized view m is 'cached';
grant select on m to case_reader;

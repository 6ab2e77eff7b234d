create table t (id int primary key, a bigint, b text);
create view v1 as select id, a, b from t;
create view v2 as select id, a * 2 as twice, b from v1 where a > 0;
create materialized view m as select twice, count(*) as n from v2 group by twice;
create unique index m_twice on m (twice);
create view v3 as select n from m where twice > 10;
grant select on v2 to case_reader;
comment on view v3 is 'top';

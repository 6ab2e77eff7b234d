create table t (id int primary key, name text);

create view v with (security_barrier) as select id from t;

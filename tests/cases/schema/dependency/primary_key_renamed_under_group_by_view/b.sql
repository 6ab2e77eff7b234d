create table t (id int constraint k2 primary key, name text);
create view v as select id, name, count(*) as n from t group by id;

create table t (id int unique not null, name text);
create view v as select id, name, count(*) as n from t group by id, name;

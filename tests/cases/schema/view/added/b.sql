create table t (id int primary key, name text);

create view v as select id, upper(name) as loud from t where id > 0;

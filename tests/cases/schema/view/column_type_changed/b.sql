create table t (id int primary key, name text);

create view v as select id::bigint as id, name::varchar(10) as name from t;

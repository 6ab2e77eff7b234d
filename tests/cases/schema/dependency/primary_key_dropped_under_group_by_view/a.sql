create table t (id int primary key, name text);
create view v as select id, name, count(*) as n from t group by id;

insert into t values (1, 'x');

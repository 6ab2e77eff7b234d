-- pg: 15+

create table t (id int primary key, name text);

create view v as select id from t;
create view w with (security_invoker = true) as select id from t;

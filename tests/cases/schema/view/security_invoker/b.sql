create table t (id int primary key, name text);

create view v with (security_invoker = on) as select id from t;
create view w as select id from t;

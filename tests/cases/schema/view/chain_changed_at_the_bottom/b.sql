create table t (id int primary key, a int, b int);

create view v1 as select id, b as a, a as c from t;
create view v2 as select id, c as x from v1;
create view v3 as select count(*) as n, max(x) as s from v2;

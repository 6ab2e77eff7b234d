create table t (id int primary key, a int, b int);

create unique index u on t (a, b) nulls not distinct;
create view v with (security_invoker = true, security_barrier = true) as select a from t where b > 0;

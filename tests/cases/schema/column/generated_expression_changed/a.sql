create table t (id int primary key, a int, b int generated always as (a + 1) stored);
create index t_b on t (b);
create view v as select id, b from t;

insert into t (id, a) values (1, 1);

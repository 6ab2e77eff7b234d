create table t (id int primary key, a int, b int);
create index on t (a, b);
create view v as select id, a, b from t;
create view w as select id, b from v;

insert into t values (1, 2, 3);

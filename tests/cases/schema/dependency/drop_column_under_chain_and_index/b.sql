create table t (id int primary key, a int);
create index on t (a);
create view v as select id, a from t;
create view w as select id, id * 2 as b from v;

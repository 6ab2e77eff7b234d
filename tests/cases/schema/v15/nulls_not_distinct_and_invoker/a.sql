-- pg: 15+

create table t (id int primary key, a int, b int);

create unique index u on t (a, b);
create view v as select a from t;

create table t (id int primary key, n int);
create view v as select id, n from t;
create function f() returns setof v language sql as 'select * from v';
create view w as select * from f();

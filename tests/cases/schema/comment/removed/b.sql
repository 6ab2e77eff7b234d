create table t (id int primary key, a int);
create view v as select id from t;
create function f() returns int language sql as 'select 1';

create table t(a int);
insert into t values (1);
create table z(a int);
create view v as select a as x from t;
create function f(int) returns int language sql begin atomic select max(x) from v; end;

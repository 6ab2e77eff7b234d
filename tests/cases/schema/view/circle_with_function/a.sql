create table t(a int);
insert into t values (1);
create function f(int) returns int language sql as 'select 1';
create view v as select f(a) as x from t;
create or replace function f(int) returns int language sql begin atomic select max(x) from v; end;

create function f(n int) returns int language sql immutable as 'select n + 1';
create table t (id int primary key default f(1), n int check (f(n) > 0));
create index t_f on t (f(n));
create view v as select f(n) as fn from t;

create extension citext;
create table t (id int primary key, email citext unique, tags citext[]);
create index t_email on t (lower(email));
create view v as select email from t;
create function f(citext) returns citext language sql as 'select $1';

insert into t values (1, 'A@b', '{x}');

create table t (id int primary key, email text unique, tags text[]);
create index t_email on t (lower(email));
create view v as select email from t;
create function f(text) returns text language sql as 'select $1';

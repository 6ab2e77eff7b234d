create table t (id int primary key, name text);
create function f() returns text language sql begin atomic select name from t limit 1; end;

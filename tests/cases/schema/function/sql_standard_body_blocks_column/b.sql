create table t (id int primary key, title varchar(10));
create function f() returns text language sql begin atomic select title::text from t limit 1; end;

create table t (id int primary key, name text);

create function f(n int) returns int language sql begin atomic select count(*) from t where id > n; end;

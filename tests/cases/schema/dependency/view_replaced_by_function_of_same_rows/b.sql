create table t (id int primary key, n int);

create function v() returns table (n int) language sql as 'select n from t';
create view w as select n from v();

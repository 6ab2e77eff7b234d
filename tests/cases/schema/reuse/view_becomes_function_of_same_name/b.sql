create table t (id int primary key);

create function v() returns setof t language sql as 'select * from t';

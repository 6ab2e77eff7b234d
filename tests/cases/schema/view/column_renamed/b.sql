create table t (id int primary key, name text);

create view v as select id, name as title from t;
create view w as select title as name from v;

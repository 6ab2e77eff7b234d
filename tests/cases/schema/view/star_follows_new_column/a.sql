create table t (id int primary key, name text);
create view v as select * from t;
create view w as select t.*, 1 as more from t;

insert into t values (1, 'x');

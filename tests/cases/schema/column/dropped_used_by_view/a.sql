create table t (id int primary key, name text, gone text);
create view v as select id, name, gone from t;

insert into t values (1, 'n', 'g');

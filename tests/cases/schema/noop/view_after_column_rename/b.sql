create table t (id int primary key, label text);
create view v as select label as title from t;
alter table t rename label to name;

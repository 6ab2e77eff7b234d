create table t (id int primary key, name text);

create view v as select id from t where id > 1;
create view w as select id from t where id > 1 with local check option;

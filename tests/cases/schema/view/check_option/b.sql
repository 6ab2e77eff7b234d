create table t (id int primary key, name text);

create view v as select id from t where id > 1 with cascaded check option;
create view w as select id from t where id > 1;

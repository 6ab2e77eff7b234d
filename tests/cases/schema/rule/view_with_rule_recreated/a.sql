create table t (id int primary key, name text, extra int);

create view v as select id, name from t;
create rule ins as on insert to v do instead insert into t values (new.id, new.name);

create table t (id int primary key, name text);
create view v as select id, name from t;

create rule ins as on insert to v do instead insert into t values (new.id, new.name) returning id, name;

create table t (id int primary key, name text);

alter table t alter id set default 0;

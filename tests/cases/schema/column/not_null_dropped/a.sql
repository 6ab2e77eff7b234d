create table t (id int primary key, name text);

alter table t alter name set not null;

create table t (id int primary key, name text);

create sequence ids;
alter table t alter id set default nextval('ids');

create table t (id int primary key);

create sequence t_id owned by t.id;
alter table t alter id set default nextval('t_id');

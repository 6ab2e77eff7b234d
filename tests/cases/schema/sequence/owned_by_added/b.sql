create table t (id int not null);
create sequence t_ids;

alter sequence t_ids owned by t.id;
alter table t alter id set default nextval('t_ids');

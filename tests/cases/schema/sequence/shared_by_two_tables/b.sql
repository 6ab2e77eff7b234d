create table a (id int primary key);
create table b (id int primary key);

create sequence ids;
alter table a alter id set default nextval('ids');
alter table b alter id set default nextval('ids');

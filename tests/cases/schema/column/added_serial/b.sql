create table t (name text);

alter table t add column id serial;
alter table t add primary key (id);

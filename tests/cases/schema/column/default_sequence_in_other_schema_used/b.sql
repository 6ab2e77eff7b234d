create schema ids;
create sequence ids.numbers;
create table t (id int primary key);

alter table t alter id set default nextval('ids.numbers'), add column label text default 'n' || currval('ids.numbers')::text;

create table t (id int) using heap;

alter table t add column name text;

create table t (id int primary key, a int);

alter table t add column b int generated always as (a * 2) virtual;
alter table t add column c int generated always as (a * 2);

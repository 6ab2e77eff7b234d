alter table t add column a int;
alter table t add column b int;

create table t (a int); alter table t add column id bigserial;

alter table t alter a type bigint;

alter table t alter a type positive;

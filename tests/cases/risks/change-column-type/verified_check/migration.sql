alter table t alter a type text;
alter table t alter b type text;
alter table t alter c type text;

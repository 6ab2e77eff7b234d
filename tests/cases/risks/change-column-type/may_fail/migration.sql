alter table t alter a type varchar(5);
alter table t alter b type integer;
alter table t alter c type uuid using c::uuid;
alter table t alter d type numeric(5, 2);

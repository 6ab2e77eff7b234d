alter table t alter a type bigint;
alter table t alter b type text;
alter table t alter c type text;
alter table t alter d type timestamptz using d at time zone 'UTC';
alter table t alter e type char(9);

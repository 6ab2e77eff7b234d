set timezone = 'UTC';
alter table t alter a type timestamptz;
alter table t alter b type timestamp;
alter table t alter c type timestamptz;

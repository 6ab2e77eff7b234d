alter table t alter a type timestamptz;
alter table t alter b type timestamp;

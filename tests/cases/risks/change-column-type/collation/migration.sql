alter table t alter a type text collate "C";
alter table t alter b type text collate "C";

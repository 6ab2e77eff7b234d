alter table t alter a type varchar(20);
alter table u alter b type varchar(20);
alter table t alter c type varchar(20);

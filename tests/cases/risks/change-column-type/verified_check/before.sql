create table t (a varchar(10) check (a <> ''), b varchar(10), c varchar(10));
alter table t add check (b <> '') not valid;

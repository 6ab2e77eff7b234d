alter table t add check (a > 0);
alter table t alter b set not null;

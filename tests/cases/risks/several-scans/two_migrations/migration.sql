alter table t add check (a > 0);
-- next
alter table t alter b set not null;

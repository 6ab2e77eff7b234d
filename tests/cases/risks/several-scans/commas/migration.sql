alter table t add check (a > 0), alter b set not null;

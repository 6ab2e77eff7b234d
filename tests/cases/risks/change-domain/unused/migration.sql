alter domain positive add check (value > 0);
alter domain worn add check (value > 0);

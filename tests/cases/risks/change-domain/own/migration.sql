create domain positive as int;
alter domain positive add check (value > 0);

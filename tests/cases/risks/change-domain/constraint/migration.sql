alter domain positive add check (value > 0);

alter table orders add check (total > 0);

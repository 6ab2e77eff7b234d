create domain positive as int check (value > 0);
alter table orders add column n positive;

create domain positive as int check (value > 0);
create domain percent as positive check (value <= 100);
create domain percents as percent[] check (array_length(value, 1) < 5);

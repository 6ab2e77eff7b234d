create domain price as numeric constraint a check (value > 0) constraint b check (value < 10);

create domain price as numeric constraint a check (value > 0);
alter domain price add constraint c check (value <> 5) not valid;

alter domain positive add constraint over_zero check (value > 0) not valid;
alter domain positive set default 1;

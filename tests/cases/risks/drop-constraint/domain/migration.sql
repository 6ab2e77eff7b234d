alter domain positive drop constraint over_zero;
alter domain positive drop not null;

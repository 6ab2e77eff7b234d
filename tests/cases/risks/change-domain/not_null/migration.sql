alter domain positive set not null;

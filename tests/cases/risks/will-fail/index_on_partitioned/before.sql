create table days (day date, n int) partition by range (day);

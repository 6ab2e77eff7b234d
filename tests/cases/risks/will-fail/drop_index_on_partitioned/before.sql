create table days (day date, n int) partition by range (day); create index days_n on days (n);

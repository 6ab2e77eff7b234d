create table days (day date) partition by range (day);
create table days_rest partition of days default;

create table days (day date not null) partition by range (day); create table rest partition of days default;

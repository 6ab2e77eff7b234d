create table days (day date not null) partition by range (day); create table d (day date not null, constraint b check (day >= '2022-01-01'));

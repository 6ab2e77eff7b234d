create table days (day date not null, n int) partition by range (day); create table d (day date not null, n int, constraint b check (day >= '2022-01-01' and day < '2023-01-01'));

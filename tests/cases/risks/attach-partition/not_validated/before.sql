create table days (day date not null) partition by range (day); create table d (day date not null); alter table d add check (day >= '2022-01-01' and day < '2023-01-01') not valid;

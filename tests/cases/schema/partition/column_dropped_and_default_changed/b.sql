create table e (id int, n int default 2, at date not null) partition by range (at);
create table e1 partition of e for values from ('2026-01-01') to ('2027-01-01');

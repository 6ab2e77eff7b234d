create table e (id int not null, k int, at date not null, unique (id, k, at)) partition by range (at);
create table e1 partition of e for values from ('2026-01-01') to ('2027-01-01');

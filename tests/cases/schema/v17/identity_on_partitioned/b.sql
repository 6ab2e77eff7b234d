create table old (id int);

create table e (id int generated always as identity, at date not null) partition by range (at);
create table e1 partition of e for values from ('2026-01-01') to ('2027-01-01');

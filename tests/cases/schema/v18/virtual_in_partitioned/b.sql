create table e (id int, at date not null) partition by range (at);
create table e1 partition of e for values from ('2026-01-01') to ('2027-01-01');

alter table e add column twice int generated always as (id * 2) virtual;

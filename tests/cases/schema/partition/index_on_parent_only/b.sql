create table event (id int, n int, at date not null) partition by range (at);
create table event_1 partition of event for values from ('2026-01-01') to ('2026-02-01');

create index event_n on only event (n);

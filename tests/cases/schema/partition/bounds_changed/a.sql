create table event (id int, at date not null) partition by range (at);
create table event_1 partition of event for values from ('2026-01-01') to ('2026-02-01');

insert into event values (1, '2026-01-05');

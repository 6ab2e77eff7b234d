create table event (id int, n int default 1, at date not null) partition by range (at);
create table event_1 partition of event for values from ('2026-01-01') to ('2026-02-01');

alter table event_1 alter n set default 7;
alter table event_1 alter n set not null;
alter table event_1 add constraint only_here check (n < 100);

create table event (id int, body text, at date not null) partition by range (at);
create table event_1 partition of event for values from ('2026-01-01') to ('2026-02-01');

alter table event enable row level security;
create policy p on event using (id > 0);
alter table event_1 set (fillfactor = 50);
alter table event_1 alter body set storage external;
comment on table event_1 is 'January';

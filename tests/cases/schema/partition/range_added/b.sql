create table old (id int);

create table event (id bigint generated always as identity, at timestamptz not null, kind text, primary key (id, at)) partition by range (at);
create table event_2026_01 partition of event for values from ('2026-01-01 00:00+00') to ('2026-02-01 00:00+00');
create table event_rest partition of event default;
create index on event (kind, at);

create table event (id bigint generated always as identity, kind text not null, doc jsonb, at timestamptz not null default now(), primary key (id, at)) partition by range (at);
create table event_2026_01 partition of event for values from ('2026-01-01 00:00+00') to ('2026-02-01 00:00+00');
create table event_2026_02 partition of event for values from ('2026-02-01 00:00+00') to ('2026-03-01 00:00+00');
create index event_kind on event (kind);

insert into event (kind, doc, at) values ('a', '{}', '2026-02-05 00:00+00');

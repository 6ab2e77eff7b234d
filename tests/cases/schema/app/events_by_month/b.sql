create table event (id bigint generated always as identity, kind text not null, tenant int not null default 0, doc jsonb not null default '{}', at timestamptz not null default now(), primary key (id, at), check (kind <> '')) partition by range (at);
create table event_2026_02 partition of event for values from ('2026-02-01 00:00+00') to ('2026-03-01 00:00+00');
create table event_2026_03 partition of event for values from ('2026-03-01 00:00+00') to ('2026-04-01 00:00+00');
create table event_rest partition of event default;
create index event_kind on event (tenant, kind);
create index event_doc on event using gin (doc jsonb_path_ops);
create materialized view per_day as select date_trunc('day', at) as day, kind, count(*) as n from event group by 1, 2;
create unique index on per_day (day, kind);

create type kind as enum ('k','z');
create table device(id uuid primary key default gen_random_uuid(), kind kind not null, meta jsonb not null default '{}');
create table reading(device uuid not null references device on delete cascade, at timestamptz not null, value double precision not null, quality smallint default 0 check (quality between 0 and 3), primary key (device, at)) partition by range (at);
create table reading_2 partition of reading for values from ('2024-02-01') to ('2024-03-01');
create table reading_3 partition of reading for values from ('2024-03-01') to ('2024-04-01');
create table reading_d partition of reading default;
create index reading_at on reading using brin (at);
create materialized view hourly as select device, date_trunc('hour', at) as h, avg(value) as v, max(quality) as q from reading group by 1,2;
create unique index on hourly(device, h);

create table device(id uuid primary key, kind text not null, meta json);
create table reading(device uuid not null references device, at timestamptz not null, value real) partition by range (at);
create table reading_1 partition of reading for values from ('2024-01-01') to ('2024-02-01');
create table reading_2 partition of reading for values from ('2024-02-01') to ('2024-03-01');
create index reading_at on reading(device, at);
insert into device values ('00000000-0000-0000-0000-000000000001','k','{}');
insert into reading values ('00000000-0000-0000-0000-000000000001','2024-01-05',1),('00000000-0000-0000-0000-000000000001','2024-02-05',2);
create materialized view hourly as select device, date_trunc('hour', at) as h, avg(value) as v from reading group by 1,2;

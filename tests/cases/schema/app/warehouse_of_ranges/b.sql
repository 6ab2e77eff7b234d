create table sensor (id int primary key, name text);

create table reading (sensor_id int not null references sensor, at timestamptz not null, value double precision, quality smallint not null default 0, primary key (sensor_id, at)) with (fillfactor = 90);
create index reading_at on reading using brin (at) with (pages_per_range = 32);
create statistics reading_st (dependencies, ndistinct) on sensor_id, quality from reading;
create view latest as select distinct on (sensor_id) sensor_id, at, value from reading order by sensor_id, at desc;
create materialized view hourly as select sensor_id, date_trunc('hour', at) as hour, avg(value) as mean, percentile_cont(0.5) within group (order by value) as median from reading group by 1, 2;

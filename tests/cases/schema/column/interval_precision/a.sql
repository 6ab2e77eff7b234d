create table t (id int primary key, i interval, ts timestamp(6), tz time(3) with time zone);

insert into t values (1, '1:02', '2026-01-01', '10:00+00');

create table t (id int primary key, a timestamp default now(), b timestamptz, c time, d date);

insert into t values (1, '2026-01-01', '2026-01-01 00:00+00', '10:00', '2026-01-01');

create table t (id int primary key, n int, d date, u uuid, j jsonb, b boolean);

insert into t values (1, 2, '2026-01-01', '00000000-0000-0000-0000-000000000001', '{"a": 1}', true);

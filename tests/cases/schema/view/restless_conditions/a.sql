create table t (id int primary key, s varchar(10), c char(2), n numeric, b bigint, d date);

insert into t values (1, 'a', 'k', 1, 3, '2026-01-01');

create table t (id int primary key, n int, s varchar(20), d date, p numeric(8, 2));

insert into t values (1, 2, 'x', '2026-01-01', 3.50);

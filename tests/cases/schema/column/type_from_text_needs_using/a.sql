create table t (id int primary key, n text, d text, b text);

insert into t values (1, '2', '2026-01-01 10:00+00', 'yes');

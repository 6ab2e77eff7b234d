create table t (id int primary key, u text, i text, j text, n varchar);

insert into t values (1, '00000000-0000-0000-0000-000000000001', '10.0.0.1', '{"a": 1}', '1.5');

create table t (id int primary key, a int, b int, c int generated always as (a + b) stored);

insert into t (id, a, b) values (1, 2, 3);

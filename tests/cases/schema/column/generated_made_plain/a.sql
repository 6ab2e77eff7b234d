create table t (id int primary key, a int, b int generated always as (a + 1) stored);

insert into t (id, a) values (1, 1);

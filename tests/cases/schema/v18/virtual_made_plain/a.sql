-- pg: 18+

create table t (id int primary key, a int, b int generated always as (a * 2) virtual);

insert into t (id, a) values (1, 2);

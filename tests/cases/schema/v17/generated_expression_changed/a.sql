-- pg: 17+

create table t (id int primary key, a int, b int generated always as (a * 2) stored);
create index t_b on t (b);

insert into t (id, a) values (1, 2);

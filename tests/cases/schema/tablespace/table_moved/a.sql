-- pg: 15+

create table t (id int primary key, a int);
create index t_a on t (a);

insert into t values (1, 2);

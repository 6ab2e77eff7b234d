-- pg: 15+

create table t (id int primary key, a text);

create unique index t_a on t (a);

insert into t values (1, null);

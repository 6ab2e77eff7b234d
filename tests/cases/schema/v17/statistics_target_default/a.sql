-- pg: 17+

create table t (id int primary key, a int);

alter table t alter a set statistics 100;

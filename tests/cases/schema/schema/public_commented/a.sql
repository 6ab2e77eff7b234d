-- pg: 15+
create table t (id int);

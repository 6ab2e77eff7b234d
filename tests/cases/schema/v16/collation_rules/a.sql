-- pg: 16-18

create table t (id int);

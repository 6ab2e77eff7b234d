-- pg: 17+

create table t (id int primary key);

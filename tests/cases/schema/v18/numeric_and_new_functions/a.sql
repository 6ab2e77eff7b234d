-- pg: 18+

create table t (id int primary key);

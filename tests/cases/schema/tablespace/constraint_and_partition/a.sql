-- pg: 15+

create table old (id int);

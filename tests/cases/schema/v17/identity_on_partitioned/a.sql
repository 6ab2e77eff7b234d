-- pg: 17+

create table old (id int);

-- pg: 18+

create table base (id int, a int);
create table child () inherits (base);

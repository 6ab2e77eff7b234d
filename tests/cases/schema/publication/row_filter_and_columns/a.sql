-- pg: 15+

create table t (id int primary key, a int, b text);

create publication p for table t;
create publication q for table t (id, a) where (a > 0);

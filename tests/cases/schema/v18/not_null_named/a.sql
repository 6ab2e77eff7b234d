-- pg: 18+

create table t (id int primary key, a int not null, b int constraint b_set not null, c int);

insert into t values (1, 2, 3, 4);

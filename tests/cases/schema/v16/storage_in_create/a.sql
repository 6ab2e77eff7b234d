-- pg: 16+

create table t (id int primary key, body text);

insert into t values (1, 'x');

-- pg: 15+

create schema app;
create table app.t (id int primary key, a int);
create table u (id int primary key, a int, b int);

create publication p for table u where (a > 5);

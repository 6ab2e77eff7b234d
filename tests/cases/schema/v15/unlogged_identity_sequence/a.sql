-- pg: 15+

create table t (id int generated always as identity primary key, name text);

insert into t (name) values ('x');

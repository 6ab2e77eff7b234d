-- pg: 15+

create table t (id int primary key, a int);

alter table t add constraint u unique (a);

insert into t values (1, null), (2, 1);

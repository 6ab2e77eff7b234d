-- pg: 18+

create table t (id int primary key, a int, b int);

alter table t add constraint b_nn not null b not valid;

insert into t values (1, null, 2);

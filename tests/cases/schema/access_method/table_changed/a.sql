-- pg: 15+

create access method heap2 type table handler heap_tableam_handler;

create table t (id int primary key);

insert into t values (1);

create table t (id int primary key, v int not null, w text);
create index t_v on t (v);

create table t (id int primary key, a int not null);

alter table t replica identity using index t_pkey;
alter table t cluster on t_pkey;

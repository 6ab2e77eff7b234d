create table t (id int primary key, a int not null);
create unique index i1 on t (a);

alter table t replica identity full;

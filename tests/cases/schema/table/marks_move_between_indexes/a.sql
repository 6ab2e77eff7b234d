create table t (id int primary key, a int not null, b int not null);
create unique index i1 on t (a);
create unique index i2 on t (b);

alter table t replica identity using index i2;
alter table t cluster on i2;

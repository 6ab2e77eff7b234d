create table t (id int primary key, n int);

create view v as select 1 as a;
create view w as select a from v;

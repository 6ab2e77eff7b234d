create table t (id int primary key, n int);

create view w as select 1 as a;
create view v as select a from w;

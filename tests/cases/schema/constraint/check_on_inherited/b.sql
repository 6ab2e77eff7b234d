create table base (id int, a int);
create table child (b int) inherits (base);

alter table base add constraint c1 check (a > 1);
alter table child add constraint c2 check (b > a);

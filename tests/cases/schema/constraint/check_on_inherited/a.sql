create table base (id int, a int);
create table child (b int) inherits (base);

alter table base add constraint c1 check (a > 0);

insert into child values (1, 5, 7);

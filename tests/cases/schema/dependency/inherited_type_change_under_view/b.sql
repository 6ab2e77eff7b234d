create table base (id int, n bigint);
create table child (extra text) inherits (base);
create index child_n on child (n);
create view v as select n from base;
create view w as select n, extra from child;

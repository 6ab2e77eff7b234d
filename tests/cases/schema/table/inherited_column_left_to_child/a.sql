create table base (at timestamp, e integer not null, f integer, constraint small check (f < 100), constraint even check (e % 2 = 0));
create table kind (a integer) inherits (base);
create table special (b integer) inherits (kind);
create table other () inherits (base);

insert into base values (now(), 2, 3);
insert into kind values (now(), 4, 5, 6);
insert into special values (now(), 8, 7, 8, 9);
insert into other values (now(), 10, 11);

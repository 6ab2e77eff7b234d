create table base (at timestamp, f integer);
create table kind (a integer, e integer not null, constraint small check (f < 100), constraint even check (e % 2 = 0)) inherits (base);
create table special (b integer) inherits (kind);
create table other (e integer not null) inherits (base);

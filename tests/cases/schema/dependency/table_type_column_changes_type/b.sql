create table point3 (x bigint, y int);
create function f(point3) returns bigint language sql immutable as 'select ($1).x';
create view v as select f(p.*) as x from point3 p;

create function f(number int) returns int language sql immutable as 'select $1';
create view v as select f(1) as one;
create table t (id int primary key default f(2));

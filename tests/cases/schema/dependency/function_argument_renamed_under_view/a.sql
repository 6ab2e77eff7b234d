create function f(n int) returns int language sql immutable as 'select $1';
create view v as select f(1) as one;
create table t (id int primary key default f(2));

insert into t values (7);

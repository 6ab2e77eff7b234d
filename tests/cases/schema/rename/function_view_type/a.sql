create type e1 as enum ('a');
create function f1(e1) returns int language sql as 'select 1';
create view v1 as select f1('a') as x;

create table t (id int);

create function f(a int) returns int language plpgsql as 'begin return a; end';

create table t (id int);

create function f(a int) returns int language sql as 'select a';

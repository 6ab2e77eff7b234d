create function f(a int, b int) returns int language sql as 'select $1';
create function g(a int default 1, b int default 2) returns int language sql as 'select $1';

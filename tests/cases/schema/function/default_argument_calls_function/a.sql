create function g() returns int language sql as 'select 1';
create function f(x int default g()) returns int language sql as 'select x';

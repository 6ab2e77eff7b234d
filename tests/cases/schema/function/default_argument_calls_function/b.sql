create function g2() returns int language sql as 'select 1';
create function f(x int default g2()) returns int language sql as 'select x';

create function a(n int) returns int language sql immutable as 'select n';
create function b(n int) returns int language sql immutable as 'select a(n) + 1';
create function c(n int default b(1)) returns int language sql as 'select b(n)';

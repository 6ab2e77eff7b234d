create schema ops;
create function ops.f(int, int) returns int language sql immutable as 'select $1';

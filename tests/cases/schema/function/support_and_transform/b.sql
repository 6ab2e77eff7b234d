create function f(a int) returns int language sql immutable as 'select a';
create function g(a int) returns int language internal immutable strict as 'int4abs';

create function f(a int) returns text language sql as 'select a::text';

create function f(a int) returns int language sql set timezone = 'Europe/Madrid' as 'select a';

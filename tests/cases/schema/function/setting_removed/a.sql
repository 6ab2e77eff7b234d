create function f(a int) returns int language sql set search_path = '' set timezone = 'UTC' as 'select a';

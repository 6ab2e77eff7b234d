create function f() returns setof int language sql cost 0.5 rows 3 stable as 'select 1';

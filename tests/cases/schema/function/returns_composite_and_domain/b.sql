create domain pos as int check (value > 0);
create type res as (a int, b pos);
create function f(pos, variadic pos[]) returns res language sql as 'select row($1, $1)::res';
create function g(inout x res, in y text default null, out z pos) language sql as 'select x, 1::pos';

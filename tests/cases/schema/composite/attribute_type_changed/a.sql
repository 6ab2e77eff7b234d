create type addr as (street text, number int);
create function f() returns addr language sql as $$ select row('x', 1)::addr $$;

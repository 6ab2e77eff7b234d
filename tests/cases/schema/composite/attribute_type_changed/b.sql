create type addr as (street varchar(50), number bigint);
create function f() returns addr language sql as $$ select row('x', 1)::addr $$;

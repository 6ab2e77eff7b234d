create type thing as (id int, name text);
create function f() returns setof thing language sql as $$ select 1, 'x'::text $$;

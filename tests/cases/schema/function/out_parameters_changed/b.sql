create function f(out a int, out b text, out c date) language sql as $$ select 1, 'x', current_date $$;

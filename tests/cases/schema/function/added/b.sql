create table t (id int);

create function add(a int, b int default 1) returns int language sql immutable strict parallel safe as $$ select a + b $$;
create function many(n int) returns table (i int, label text) language plpgsql stable rows 50 cost 10 as
$$ begin return query select x, x::text from generate_series(1, n) x; end $$;
create function outs(in a int, out b int, inout c text, variadic d int[] default '{}') language plpgsql as
$$ begin b := a; end $$;
create function whole() returns setof t language sql as 'select * from t';

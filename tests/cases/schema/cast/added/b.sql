create type pair as (a int, b int);

create function pair_text(pair) returns text language sql immutable as $$ select 'x' $$;
create cast (pair as text) with function pair_text(pair) as assignment;
create cast (text as pair) with inout as implicit;

do $$ begin execute 'create type e as enum (' || (select string_agg(quote_literal('v' || i), ', ' order by i) from generate_series(0, 120) i) || ')'; end $$;

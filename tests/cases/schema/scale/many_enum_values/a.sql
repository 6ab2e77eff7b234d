do $$ begin execute 'create type e as enum (' || (select string_agg(quote_literal('v' || i), ', ') from generate_series(1, 60) i) || ')'; end $$;

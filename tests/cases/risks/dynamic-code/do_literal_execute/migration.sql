do $$ begin execute 'create index on orders (total)'; end $$;

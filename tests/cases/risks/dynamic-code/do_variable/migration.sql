do $$ declare q text := 'drop table a'; begin execute q; end $$;

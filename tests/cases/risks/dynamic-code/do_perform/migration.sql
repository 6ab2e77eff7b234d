do $$ begin perform set_config('search_path', 'sales', true); perform pg_sleep(0); end $$;

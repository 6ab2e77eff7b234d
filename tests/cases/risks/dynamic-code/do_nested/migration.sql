do $$ begin execute 'do $i$ begin drop table a; end $i$'; end $$;

do $$
declare r record;
begin
  for r in select tablename from pg_tables where schemaname = 'old' loop
    execute format('drop table %I.%I', 'old', r.tablename);
  end loop;
end $$;

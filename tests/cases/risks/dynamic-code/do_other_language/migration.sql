do language plpython3u $$ plpy.execute('drop table a') $$;

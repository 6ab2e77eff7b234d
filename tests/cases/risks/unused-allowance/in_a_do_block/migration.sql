-- vado: allow=drop-table reason="x"
do $$ begin
  drop table a;
  drop table b;
end $$;

do $$
begin
  raise notice 'ñandú €';
  drop table "clientes_ñ"; drop table b;
end $$;

do $$
declare t text;
begin
  execute 'alter table ' || quote_ident(t) || ' add column a int';
end $$;

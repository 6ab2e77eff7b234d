do $$
begin
  alter table orders
    drop column a,
    alter column b type bigint;
end $$;

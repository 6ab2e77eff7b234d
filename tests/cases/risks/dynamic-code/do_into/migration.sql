do $$
declare n int;
begin
  select count(*) into strict n from orders;
  delete from orders returning id into n;
end $$;

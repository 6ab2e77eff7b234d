do $$
declare i int;
begin
  for i in 1..3 loop
    case i when 1 then delete from a; else update b set x = case when y then 1 else 2 end; end case;
  end loop;
end $$;

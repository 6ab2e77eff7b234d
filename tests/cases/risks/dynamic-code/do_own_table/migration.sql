do $$ begin
  create table t (id int);
  create index on t (id);
  drop table t;
end $$;

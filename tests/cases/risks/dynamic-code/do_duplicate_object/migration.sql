do $$ begin
  create type mood as enum ('sad');
exception when duplicate_object then null;
end $$;

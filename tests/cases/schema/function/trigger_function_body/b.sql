create table t (id int primary key, at timestamptz);

create function touch() returns trigger language plpgsql as $$ begin new.at := clock_timestamp(); return new; end $$;
create trigger touch before update on t for each row execute function touch();

create function touch() returns trigger language plpgsql as $$ begin new.updated_at = now(); return new; end $$;
create table a (id int primary key, name text, created_at timestamptz not null default now(), updated_at timestamptz not null default now());
create table b (id int primary key, name text, created_at timestamptz not null default now(), updated_at timestamptz not null default now());
create table c (id int primary key, name text, created_at timestamptz not null default now(), updated_at timestamptz not null default now());
create trigger touch before update on a for each row execute function touch();
create trigger touch before update on b for each row execute function touch();
create trigger touch before update on c for each row when (old.* is distinct from new.*) execute function touch();

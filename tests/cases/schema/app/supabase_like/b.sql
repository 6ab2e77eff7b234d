create schema auth;
create function auth.uid() returns uuid language sql stable as $$ select nullif(current_setting('request.jwt.claim.sub', true), '')::uuid $$;
create table auth.users (id uuid primary key, email text);

create table profiles (id uuid primary key references auth.users on delete cascade, name text, avatar text, updated_at timestamptz);
alter table profiles enable row level security;
create policy "Profiles are visible to all." on profiles for select using (true);
create policy "People insert their own." on profiles for insert with check ((select auth.uid()) = id);
create policy "People change their own." on profiles for update using ((select auth.uid()) = id);
create function handle_new_user() returns trigger language plpgsql security definer set search_path = '' as $$
begin insert into public.profiles (id, name) values (new.id, new.email); return new; end; $$;
create trigger on_auth_user_created after insert on auth.users for each row execute procedure handle_new_user();
grant select, insert, update on profiles to case_reader;
create publication live for table profiles;

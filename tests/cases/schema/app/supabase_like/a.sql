create schema auth;
create function auth.uid() returns uuid language sql stable as $$ select nullif(current_setting('request.jwt.claim.sub', true), '')::uuid $$;
create table auth.users (id uuid primary key, email text);

create table profiles (id uuid primary key references auth.users, name text);
grant all on profiles to case_reader;

insert into auth.users values ('00000000-0000-0000-0000-000000000001', 'x');
insert into profiles values ('00000000-0000-0000-0000-000000000001', 'x');

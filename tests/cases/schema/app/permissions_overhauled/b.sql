create schema app;
create table app.doc (id int primary key, title text, body text, secret text);
create function app.title_of(int) returns text language sql stable as $$ select title from app.doc where id = $1 $$;

grant usage on schema app to case_reader, case_writer, case_admin;
grant select (id, title), update (title) on app.doc to case_writer;
grant select (id, title) on app.doc to case_reader;
grant all on app.doc to case_admin with grant option;
revoke execute on function app.title_of(int) from public;
grant execute on function app.title_of(int) to case_reader;
alter table app.doc owner to case_owner;
alter function app.title_of(int) owner to case_owner;
alter schema app owner to case_owner;
alter table app.doc enable row level security;
create policy all_of_it on app.doc to case_admin using (true) with check (true);

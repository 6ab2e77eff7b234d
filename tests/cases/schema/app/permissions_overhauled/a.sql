create schema app;
create table app.doc (id int primary key, title text, body text, secret text);
create function app.title_of(int) returns text language sql stable as $$ select title from app.doc where id = $1 $$;

grant usage on schema app to case_reader, case_writer;
grant all on app.doc to case_writer;
grant select on app.doc to case_reader;

insert into app.doc values (1, 'x');

create schema app;
create table app.a (id serial primary key);
create table app.b (id serial primary key);
create view app.v as select 1 as one;

grant usage on schema app to case_reader;
grant select on all tables in schema app to case_reader;
grant usage, select on all sequences in schema app to case_writer;
grant execute on all functions in schema app to case_writer;

create schema app;

alter default privileges in schema app grant select, insert on tables to case_reader with grant option;
alter default privileges in schema app grant usage on sequences to case_writer;
alter default privileges grant usage on schemas to case_reader;

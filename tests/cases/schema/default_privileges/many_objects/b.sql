create schema app;

alter default privileges in schema app grant usage on types to case_reader;
alter default privileges in schema app grant execute on routines to case_reader;
alter default privileges in schema app grant all on tables to case_admin with grant option;
alter default privileges for role case_admin grant usage on sequences to case_reader, case_writer;
alter default privileges for role case_admin revoke all on tables from case_admin;

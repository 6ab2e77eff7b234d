create schema app;

alter default privileges for role case_owner in schema app grant select on tables to case_reader;
alter default privileges for role case_owner grant execute on functions to case_writer;
alter default privileges for role case_owner revoke execute on functions from public;

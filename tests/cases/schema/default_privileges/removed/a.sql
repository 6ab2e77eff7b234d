create schema app;

alter default privileges for role case_owner in schema app grant select on tables to case_reader;
alter default privileges for role case_owner revoke usage on types from public;

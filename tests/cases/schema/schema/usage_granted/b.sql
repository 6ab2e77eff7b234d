create schema billing;

grant usage on schema billing to case_reader;
grant usage, create on schema billing to case_writer with grant option;

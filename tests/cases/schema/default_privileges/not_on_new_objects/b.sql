create schema app;
create table app.t (id int primary key);
alter default privileges in schema app grant select on tables to case_reader;

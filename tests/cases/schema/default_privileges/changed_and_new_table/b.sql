create schema app;
alter default privileges in schema app grant all on tables to case_writer;
create table app.t (id int primary key);
revoke all on app.t from case_writer;

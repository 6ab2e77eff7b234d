create schema app;
alter default privileges in schema app grant select on tables to case_reader;

create table app.t (id int primary key);
create view app.v as select id from app.t;

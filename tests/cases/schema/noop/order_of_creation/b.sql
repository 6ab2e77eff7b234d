create view v as select 1 as x;
grant select on v to case_reader; revoke all on v from case_reader;
create table b (id int primary key);
create table a (id int primary key);
grant insert on a to case_writer; grant select on a to case_reader;

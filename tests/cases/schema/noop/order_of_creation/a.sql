create table a (id int primary key);
create table b (id int primary key);
create view v as select 1 as x;
grant select on a to case_reader; grant insert on a to case_writer;

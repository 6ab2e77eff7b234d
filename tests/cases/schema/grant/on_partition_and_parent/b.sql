create table t (id int) partition by range (id);
create table t1 partition of t for values from (0) to (10);

grant select on t to case_reader;
grant insert on t1 to case_writer;

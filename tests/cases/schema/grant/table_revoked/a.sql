create table t (id int primary key, a int);
grant select on t to case_reader;

grant insert, update on t to case_reader;
grant all on t to case_writer;

create table t (id int primary key, a int, b int);

grant select (a) on t to case_reader;
grant update (a, b) on t to case_writer;

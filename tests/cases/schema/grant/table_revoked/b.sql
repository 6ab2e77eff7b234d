create table t (id int primary key, a int);
grant select on t to case_reader;

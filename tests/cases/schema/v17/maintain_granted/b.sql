create table t (id int primary key);

grant maintain on t to case_writer;

create table t (id int primary key, a int);

grant select on t to case_reader with grant option;
grant update on t to case_writer;

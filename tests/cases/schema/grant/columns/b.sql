create table t (id int primary key, a int, b int);

grant select (a, b) on t to case_reader;
grant update (b) on t to case_writer with grant option;
grant references (id) on t to public;

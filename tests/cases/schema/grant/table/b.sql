create table t (id int primary key, a int);

grant select, insert on t to case_reader;
grant all on t to case_admin with grant option;
grant select on t to public;

create table t (id int primary key);

grant select on t to case_admin with grant option;
set session authorization case_admin;
grant select on t to case_reader;
reset session authorization;

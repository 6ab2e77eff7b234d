create table t (id int primary key, name text collate "POSIX");
create index t_name on t (name);

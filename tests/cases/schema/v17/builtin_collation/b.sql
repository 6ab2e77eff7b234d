create collation plain (provider = builtin, locale = 'C.UTF-8');
create table t (id int primary key, name text collate plain);

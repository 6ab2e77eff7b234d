create table t (id int primary key, a int);

create index old_name on t (a);

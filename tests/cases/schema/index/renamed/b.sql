create table t (id int primary key, a int);

create index new_name on t (a);

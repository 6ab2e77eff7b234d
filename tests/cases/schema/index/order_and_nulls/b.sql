create table t (id int primary key, a int, b text);

create index t_a on t (a desc nulls last, b asc nulls first);

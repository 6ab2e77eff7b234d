create table t (id int primary key, a int, b text, c text);

create index t_a on t (a) include (b, c);

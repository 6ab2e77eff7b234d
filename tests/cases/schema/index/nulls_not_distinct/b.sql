create table t (id int primary key, a text);

create unique index t_a on t (a) nulls not distinct;

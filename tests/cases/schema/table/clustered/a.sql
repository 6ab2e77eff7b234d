create table t (id int primary key, at date);
create index t_at on t (at);

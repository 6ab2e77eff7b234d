create table t (id int primary key, a text, g tsvector);
create index t_a on t (a);
create index t_g on t using gin (g);

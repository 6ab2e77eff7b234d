create table t (id int primary key, v jsonb, w text);
create index t_v on t using gin (v);

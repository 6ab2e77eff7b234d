create table t (id int primary key, a text);

create function norm(x text) returns text language sql immutable as $$ select lower(trim(x)) $$;
create index t_norm on t (norm(a));

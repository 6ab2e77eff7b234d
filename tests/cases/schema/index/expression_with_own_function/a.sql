create table t (id int primary key, a text);

create function norm(x text) returns text language sql immutable as $$ select lower(x) $$;
create index t_norm on t (norm(a));

insert into t values (1, ' A ');

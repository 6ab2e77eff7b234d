create table t (id int primary key, a int, tags text[], doc jsonb, r int4range);

create index t_a on t (a);
create index t_tags on t using gin (tags);

create table t (id int primary key, name text);

create extension unaccent;
create function plain(t text) returns text language sql immutable as $$ select public.unaccent('public.unaccent', t) $$;
create index t_plain on t (plain(name));

create table t (id int primary key, name text);

create type size as enum ('small', 'large');
create function size_of(n int) returns size language sql immutable as $$ select case when n > 5 then 'large' else 'small' end::size $$;
create view v as select id, size_of(length(name)) as size from t;

create table t (id int4, s character varying default 'a'::varchar, ok boolean default true, n numeric(4, 1), at timestamptz default current_timestamp, l text array default array['x']::text[], constraint t_pkey primary key (id));
alter table t add constraint t_id_check check (id = any (array[1, 2]));

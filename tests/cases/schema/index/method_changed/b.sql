create table t (id int primary key, a int, tags text[], doc jsonb, r int4range);

create index t_a on t using hash (a);
create index t_tags on t using btree (tags);
create index t_doc on t using gin (doc jsonb_path_ops);
create index t_r on t using gist (r);
create index t_sp on t using spgist (r);
create index t_brin on t using brin (id, a) with (pages_per_range = 16, autosummarize = on);

create table t (id int primary key, a text, g tsvector);
create index t_a on t (a);
create index t_g on t using gin (g);

alter index t_a set (fillfactor = 60, deduplicate_items = off);
alter index t_g set (fastupdate = off, gin_pending_list_limit = 128);

create table t (id int primary key, a int, b int, s text);

create extension bloom;
create extension pg_trgm;
create index t_bloom on t using bloom (a, b) with (length = 80, col1 = 2, col2 = 4);
create index t_trgm on t using gist (s gist_trgm_ops (siglen = 32));

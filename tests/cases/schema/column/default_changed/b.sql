create table t (id int primary key, n int default 2 + 3, s text default upper('b'), ok boolean default true, tags text[] default array['x', 'y']);

create table t (id int primary key, a int, b int, c int, d text);

create index i1 on t (a); create index i3 on t (c) where c > 1; create index i4 on t (d text_pattern_ops); create index i5 on t (lower(d), a desc);

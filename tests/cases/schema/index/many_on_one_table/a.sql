create table t (id int primary key, a int, b int, c int, d text);

create index i1 on t (a); create index i2 on t (b); create index i3 on t (c) where c > 0;

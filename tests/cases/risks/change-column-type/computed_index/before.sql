create table t (a varchar(10), c varchar(10), n int);
create table u (b varchar(10), n int);
create index on t (lower(a));
create index on t (c);
create index on u (n) where b <> '';

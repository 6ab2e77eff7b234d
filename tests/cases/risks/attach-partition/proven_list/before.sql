create table t (k text not null) partition by list (k); create table d (k text not null check (k in ('a', 'b')));

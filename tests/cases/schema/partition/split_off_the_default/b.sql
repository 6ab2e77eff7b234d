create table t (id int, k text) partition by list (k);
create table t_rest partition of t default;
create table t_a partition of t for values in ('a');

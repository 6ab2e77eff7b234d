create table t (id int, k text) partition by list (k);
create table t_rest partition of t default;

insert into t values (1, 'a'), (2, 'b');

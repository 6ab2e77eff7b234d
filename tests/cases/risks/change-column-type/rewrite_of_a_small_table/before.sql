create table t (a integer);
insert into t select generate_series(1, 100);
analyze t;

create table t (id int primary key, body text);

alter table t set (fillfactor = 90, autovacuum_analyze_scale_factor = 0.2);

create table t (id int primary key, body text);

alter table t set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);

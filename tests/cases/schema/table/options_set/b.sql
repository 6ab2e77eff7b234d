create table t (id int primary key, body text);

alter table t set (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = false);

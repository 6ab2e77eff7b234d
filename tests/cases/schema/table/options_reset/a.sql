create table t (id int primary key, body text);

alter table t set (fillfactor = 70, parallel_workers = 3, toast.vacuum_truncate = false);

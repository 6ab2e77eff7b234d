create table t (id int primary key, body text);

alter table t alter body set statistics 500;

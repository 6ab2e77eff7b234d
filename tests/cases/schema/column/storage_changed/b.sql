create table t (id int primary key, body text, doc jsonb);

alter table t alter body set storage external, alter doc set storage main;

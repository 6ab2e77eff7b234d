create table t (id int primary key, n int, s text);

alter table t alter n set default 7, alter s set default 'x';

create table t (id int primary key, pos int);

alter table t add constraint u unique (pos) deferrable initially deferred;

create table t (id int primary key, pos int);

alter table t add constraint u unique (pos);

insert into t values (1, 1);

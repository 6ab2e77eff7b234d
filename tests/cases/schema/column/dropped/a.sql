create table t (id int primary key);

alter table t add column gone text default 'x';
create index on t (gone);

insert into t values (1, 'y');

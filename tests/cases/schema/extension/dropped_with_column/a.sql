create table t (id int primary key, note text);

create extension hstore;
alter table t add column attrs hstore;

insert into t values (1, 'x', 'a=>1'), (2, 'y', null);

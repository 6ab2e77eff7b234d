create extension hstore;
create table t (id int, h hstore);

create index on t using gin (h);

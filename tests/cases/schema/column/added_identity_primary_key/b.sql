create table t (name text);

alter table t add column id bigint generated always as identity primary key;

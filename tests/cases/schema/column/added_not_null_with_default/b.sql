create table t (id int primary key);

alter table t add column state text not null default 'new';

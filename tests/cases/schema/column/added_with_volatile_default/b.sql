create table t (id int primary key);

alter table t add column uid uuid not null default gen_random_uuid();
alter table t add column made timestamptz not null default clock_timestamp();

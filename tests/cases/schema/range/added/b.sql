create table t (id int primary key);

create type span as range (subtype = float8, subtype_diff = float8mi);
alter table t add column s span;

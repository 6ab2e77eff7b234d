create table t (id int, name text);

comment on table t is 'It''s a table';
comment on column t.name is E'first line\nsecond';

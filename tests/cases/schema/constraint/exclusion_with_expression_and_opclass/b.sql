create table t (id int primary key, name text, box box, a int4range);

alter table t add constraint e1 exclude using gist (box with &&, (int4range(lower(a), upper(a))) with &&) where (name <> 'x');
alter table t add constraint e2 exclude using btree (lower(name) text_pattern_ops with =);

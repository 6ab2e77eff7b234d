create sequence t_id_seq as integer;
create table t (id integer not null default nextval('t_id_seq'::regclass), name text not null);
alter sequence t_id_seq owned by t.id;
alter table t add constraint t_pkey primary key (id);

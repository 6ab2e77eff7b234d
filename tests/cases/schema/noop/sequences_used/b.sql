create table t (id serial primary key, x int generated always as identity);
create sequence s;
select nextval('s'), setval('t_id_seq', 500);
insert into t default values;

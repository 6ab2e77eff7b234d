create table t (id serial primary key);

alter table t owner to case_owner;

create table t (id serial primary key, n serial);

insert into t default values;

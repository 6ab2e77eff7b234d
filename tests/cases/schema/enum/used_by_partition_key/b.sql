create type region as enum ('eu', 'us', 'asia');
create table t (id int, region region not null) partition by list (region);
create table t_eu partition of t for values in ('eu');
create table t_asia partition of t for values in ('asia');

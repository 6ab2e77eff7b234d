create type region as enum ('eu', 'us');
create table t (id int, region region not null) partition by list (region);
create table t_eu partition of t for values in ('eu');

insert into t values (1, 'eu');

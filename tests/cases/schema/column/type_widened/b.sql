create table t (id bigint primary key, n bigint, s varchar(200), d timestamp, p numeric(12, 2));

create table t (id int primary key);

alter table t add column m money default 0, add column net cidr, add column mac macaddr8,
    add column r int4range, add column mr datemultirange, add column pt point, add column p polygon,
    add column v tsvector, add column q tsquery, add column l pg_lsn, add column c "char", add column o oid,
    add column rc regclass, add column jp jsonpath;

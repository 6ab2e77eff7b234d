create table t (a timestamp, b timestamptz, c timestamp);
create index on t (c);

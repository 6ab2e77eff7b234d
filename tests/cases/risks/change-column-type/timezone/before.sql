create table t (a timestamp, b timestamptz);

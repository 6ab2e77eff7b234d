create table t (at timestamp, seen timestamptz, day date);

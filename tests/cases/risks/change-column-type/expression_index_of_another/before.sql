create table t (a text, b text);
create index on t (lower(b));

create table t (id int primary key, a timestamptz default now(), b timestamp, c timetz, d timestamptz);

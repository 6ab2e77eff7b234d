create table t (at timestamp(3));

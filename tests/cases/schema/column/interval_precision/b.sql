create table t (id int primary key, i interval hour to minute, ts timestamp(0), tz time with time zone);

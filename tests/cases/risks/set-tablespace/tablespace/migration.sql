alter table orders set tablespace fast;

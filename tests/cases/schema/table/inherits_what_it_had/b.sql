create table p (id bigint, at timestamp);
create table c (x text) inherits (p);

create sequence s1 as integer increment -1 cache 10;
create sequence s2 as bigint increment 5 minvalue -10 maxvalue 100000;
create sequence s3 start 100;
create table t(a int, b int default nextval('s3'), c serial);
alter sequence s3 owned by t.b;

create sequence s1;
create sequence s2 as smallint increment 5 minvalue -10 maxvalue 100 cycle;
create sequence s3 start 100;
create table t(a int default nextval('s3'));
alter sequence s3 owned by t.a;
select nextval('s1'), nextval('s2');
insert into t default values;

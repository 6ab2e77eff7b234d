create table t (id int primary key, number int);

create sequence numbers start 1000;
alter table t alter number set default nextval('numbers');

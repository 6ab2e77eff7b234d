create table t (id int);

create sequence numbers;
create sequence evens start 2 increment 2 minvalue 2 maxvalue 1000 cycle cache 3;

create table t (id int generated always as identity (start 1000 increment 10 maxvalue 100000 cycle cache 5) primary key);

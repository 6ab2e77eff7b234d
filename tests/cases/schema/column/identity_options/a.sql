create table t (id int generated always as identity (start 1 increment 1) primary key);

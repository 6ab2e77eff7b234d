create schema new_s;
create table new_s.t (id int primary key);
create view new_s.v as select id from new_s.t;

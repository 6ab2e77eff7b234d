create schema old_s;
create table old_s.t (id int primary key);
create view old_s.v as select id from old_s.t;

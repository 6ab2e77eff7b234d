create schema ids;
create table t (id int primary key);

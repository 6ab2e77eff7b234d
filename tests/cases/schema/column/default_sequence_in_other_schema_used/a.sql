create schema ids;
create sequence ids.numbers;
create table t (id int primary key);

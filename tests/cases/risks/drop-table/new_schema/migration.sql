create schema stage;
create table stage.a (id int);
drop table stage.a;
drop schema stage cascade;

create table stage (id int);
drop table stage;

create temp table stage (id int);
drop table stage;

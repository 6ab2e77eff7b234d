create table stage (id int);
delete from stage;

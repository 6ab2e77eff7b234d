create table stage (id int);
truncate stage;

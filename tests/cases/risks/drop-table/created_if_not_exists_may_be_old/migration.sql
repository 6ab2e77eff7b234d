create table if not exists stage (id int);
drop table stage;

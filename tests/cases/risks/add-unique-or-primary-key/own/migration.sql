create table stage (id int);
alter table stage add primary key (id);

create table stage (id int);
alter table stage alter id set not null;

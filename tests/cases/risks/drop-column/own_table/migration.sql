create table stage (a int, b int);
alter table stage drop column a;

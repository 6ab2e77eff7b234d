create table stage (a int);
alter table stage alter column a type bigint;

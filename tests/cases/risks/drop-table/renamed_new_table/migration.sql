create table stage (id int);
alter table stage rename to stage_two;
drop table stage_two;

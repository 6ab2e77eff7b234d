create table stage (id int);
alter table stage rename to stage_two;
create index on stage_two (id);

create table stage (id int);
create view stage_view as select * from stage;
drop table stage cascade;

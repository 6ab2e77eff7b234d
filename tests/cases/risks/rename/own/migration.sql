create table stage (a int);
alter table stage rename to stage_two;
alter table stage_two rename a to b;
alter table orders add column x int;
alter table orders rename x to y;

create table stage (id int);
-- next
drop table stage;

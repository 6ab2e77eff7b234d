create table stage (a int, b int generated always as (a) stored);
alter table stage alter b drop expression;

create table stage (id int);
alter table stage set tablespace fast;

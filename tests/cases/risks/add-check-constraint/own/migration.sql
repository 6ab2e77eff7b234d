create table stage (n int);
alter table stage add check (n > 0);

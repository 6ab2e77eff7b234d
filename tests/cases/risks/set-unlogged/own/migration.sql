create unlogged table stage (id int);
alter table stage set logged;

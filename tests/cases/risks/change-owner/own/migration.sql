create table stage (id int);
alter table stage owner to clerk;

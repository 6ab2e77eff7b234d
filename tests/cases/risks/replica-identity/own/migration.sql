create table notes (id int);
alter table notes replica identity full;

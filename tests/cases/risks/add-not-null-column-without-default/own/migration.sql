create table stage (id int);
alter table stage add column region text not null;

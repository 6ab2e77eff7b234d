create table notes (id int);
insert into notes values (1);
alter table notes add column body text not null;

create table base (id int, a int);
create table child () inherits (base);

alter table base alter a set not null;
alter table child add constraint own not null id;

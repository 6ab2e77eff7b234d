create table base (id int not null, name text);
create table kind (id int not null, name text, extra int);

alter table kind inherit base;

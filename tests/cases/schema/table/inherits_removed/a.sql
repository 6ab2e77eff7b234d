create table base (id int not null, name text, constraint named check (name <> ''));

create table kind (extra int) inherits (base);

insert into kind values (1, 'x', 2);

create table base (id int not null, name text, constraint named check (name <> ''));

create table kind (id int not null, name text, extra int, constraint named check (name <> ''));

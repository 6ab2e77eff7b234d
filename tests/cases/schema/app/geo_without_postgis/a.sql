create table place (id int primary key, name text, lat float8, lon float8);

insert into place values (1, 'x', 40.4, -3.7);

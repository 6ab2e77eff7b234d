create type person_row as (id int, name text);

create table person (id int, name text);

insert into person values (1, 'x');

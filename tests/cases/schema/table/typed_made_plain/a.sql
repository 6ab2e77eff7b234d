create type person_row as (id int, name text);

create table person of person_row;

insert into person values (1, 'x');

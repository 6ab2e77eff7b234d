create type person_row as (id int, name text);

create table person of person_row (primary key (id), name with options not null default '?');

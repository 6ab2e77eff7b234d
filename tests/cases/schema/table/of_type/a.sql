create type person_row as (id int, name text);

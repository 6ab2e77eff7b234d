create table person (id int primary key, name text);
create table pet (id int primary key, person_id int references person, name text);

insert into person values (1, 'x');

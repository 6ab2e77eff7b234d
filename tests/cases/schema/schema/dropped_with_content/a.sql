create table note (id int primary key);

create schema scrap;
create table scrap.one (id int primary key);
create table scrap.two (id int references scrap.one);
create view scrap.both as select one.id from scrap.one join scrap.two using (id);
create function scrap.twice(n int) returns int language sql immutable as 'select n * 2';
create type scrap.mood as enum ('good', 'bad');

insert into note values (1), (2);

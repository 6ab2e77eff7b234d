set check_function_bodies = off;
create function z_first() returns int language plpgsql as 'begin return a_second(); end';
create function a_second() returns int language sql as 'select 1';
create function uses_table() returns int language sql as 'select count(*)::int from later';
create table later (id int primary key, n int default z_first());

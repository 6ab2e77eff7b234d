create table orders (id int);
create function fixed() returns int language sql immutable as 'select 1';
create function varied() returns int language sql as 'select 1';

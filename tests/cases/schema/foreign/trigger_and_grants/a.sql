create foreign data wrapper none;
create server far foreign data wrapper none;
create foreign table ft (id int, name text) server far;
create function f() returns trigger language plpgsql as 'begin return new; end';

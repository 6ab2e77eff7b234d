create table t (id int);

create foreign data wrapper none options (debug 'true');
create server far type 'x' version '1' foreign data wrapper none options (host 'h', port '1');
create user mapping for case_reader server far options (user 'u', password 'p');
create user mapping for public server far;
create foreign table ft (id int options (column_name 'i') not null, name text) server far options (table_name 'x');

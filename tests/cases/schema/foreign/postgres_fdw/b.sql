create extension postgres_fdw;

create server other foreign data wrapper postgres_fdw options (host 'localhost', dbname 'x');
create user mapping for public server other options (user 'x', password 'secret');
create foreign table remote (id int, name text) server other options (schema_name 'public', table_name 't');

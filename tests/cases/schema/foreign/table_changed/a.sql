create foreign data wrapper none;
create server far foreign data wrapper none;
create server near foreign data wrapper none;

create foreign table ft (id int, name text, gone text) server far options (table_name 'x', other 'y');

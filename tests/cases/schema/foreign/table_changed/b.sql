create foreign data wrapper none;
create server far foreign data wrapper none;
create server near foreign data wrapper none;

create foreign table ft (id bigint not null, name text options (column_name 'nm') default 'n', more date, check (id > 0)) server far options (table_name 'z', third 'w');

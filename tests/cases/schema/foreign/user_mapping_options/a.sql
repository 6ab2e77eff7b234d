create foreign data wrapper none;
create server far foreign data wrapper none;

create user mapping for case_reader server far options (user 'a');

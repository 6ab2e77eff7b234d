create foreign data wrapper none;
create server far foreign data wrapper none;

create user mapping for case_reader server far options (user 'b');
create user mapping for current_user server far;

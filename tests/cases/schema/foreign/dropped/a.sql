create table t (id int);

create foreign data wrapper none;
create server far foreign data wrapper none;
create user mapping for case_reader server far;
create foreign table ft (id int) server far;

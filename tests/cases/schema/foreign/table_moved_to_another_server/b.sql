create foreign data wrapper none;
create server far foreign data wrapper none;
create server near foreign data wrapper none;

create foreign table ft (id int) server near;
create view v as select id from ft;

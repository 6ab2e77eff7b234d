create foreign data wrapper w;
create server s foreign data wrapper w;
drop server s;
drop foreign data wrapper w;

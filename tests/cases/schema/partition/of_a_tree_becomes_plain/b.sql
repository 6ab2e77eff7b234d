create table node (id int primary key, above int references node);
create table leaf (id int primary key, node int references node on delete cascade);

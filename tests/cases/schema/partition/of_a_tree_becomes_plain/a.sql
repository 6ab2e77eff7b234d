create table node (id int primary key, above int references node) partition by hash (id);
create table node_0 partition of node for values with (modulus 2, remainder 0);
create table node_1 partition of node for values with (modulus 2, remainder 1);
create table leaf (id int primary key, node int references node on delete cascade);

insert into node values (1, null), (2, 1), (3, 1);
insert into leaf values (1, 2);

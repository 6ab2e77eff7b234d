-- pg: 17+

create table e (room int not null, at int4range not null) partition by list (room);
create table e1 partition of e for values in (1);
create extension btree_gist;

create table e (room int not null, at int4range not null) partition by list (room);
create table e1 partition of e for values in (1);
create extension btree_gist;

alter table e add constraint no_overlap exclude using gist (room with =, at with &&);

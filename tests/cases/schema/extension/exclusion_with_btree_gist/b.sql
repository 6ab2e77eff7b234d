create table booking (id int primary key, room int not null, during tsrange not null);

create extension btree_gist;
alter table booking add constraint no_overlap exclude using gist (room with =, during with &&);

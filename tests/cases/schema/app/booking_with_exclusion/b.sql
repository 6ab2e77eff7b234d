create extension btree_gist;
create table room (id int primary key, name text not null unique, capacity int not null default 1 check (capacity > 0));
create table booking (id serial primary key, room_id int not null references room on delete cascade, starts timestamptz not null, ends timestamptz not null,
    during tstzrange generated always as (tstzrange(starts, ends)) stored,
    constraint in_order check (starts < ends), constraint no_overlap exclude using gist (room_id with =, during with &&));

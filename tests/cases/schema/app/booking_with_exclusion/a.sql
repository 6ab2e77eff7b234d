create table room (id int primary key, name text);
create table booking (id serial primary key, room_id int references room, starts timestamp not null, ends timestamp not null);

insert into room values (1, 'blue');
insert into booking (room_id, starts, ends) values (1, '2026-01-01', '2026-01-02');

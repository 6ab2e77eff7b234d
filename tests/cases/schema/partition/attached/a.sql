create table event (id int, at date not null) partition by range (at);
create table event_2 (id int, at date not null);

insert into event_2 values (2, '2026-02-05');

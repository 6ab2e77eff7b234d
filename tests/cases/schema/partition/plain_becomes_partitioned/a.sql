create table event (id int, at date not null);

insert into event values (1, '2026-01-05');

create table event (id int, n text, at date not null) partition by range (at);
create table event_1 (at date not null, id int, n text);
alter table event attach partition event_1 for values from ('2026-01-01') to ('2026-02-01');

insert into event values (1, 'x', '2026-01-05');

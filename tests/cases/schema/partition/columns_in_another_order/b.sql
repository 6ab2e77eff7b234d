create table event (id int, n varchar(50), at date not null) partition by range (at);
create table event_1 (at date not null, id int, n varchar(50));
alter table event attach partition event_1 for values from ('2026-01-01') to ('2026-02-01');

create table event (id int not null, at date not null) partition by range (at);
create table event_rest partition of event default;

insert into event values (1, '2026-01-05'), (2, '2026-02-05');

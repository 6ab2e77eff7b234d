create table kind (id int primary key);
create table event (id int, kind_id int, at date not null) partition by range (at);
create table event_1 partition of event for values from ('2026-01-01') to ('2026-02-01');

alter table event add primary key (id, at);
alter table event add foreign key (kind_id) references kind on delete cascade;
create table note (id int primary key, event_id int, event_at date, foreign key (event_id, event_at) references event);

create table event (id int, at date not null) partition by range (at);
create table event_rest partition of event default;

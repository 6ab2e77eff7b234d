create table event (id int not null, at date not null) partition by range (at);
create table event_rest partition of event default;

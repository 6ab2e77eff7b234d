create table event (id int not null, at date not null) partition by hash (id);
create table event_rest partition of event for values with (modulus 1, remainder 0);

create type ticket_state as enum ('open', 'closed', 'waiting');
create type ticket_priority as enum ('low', 'high');
create table ticket (id int primary key, state ticket_state not null default 'open', priority ticket_priority default 'low');
create index on ticket (state) where state = 'open';
create view open_ticket as select id, priority from ticket where state = 'open';

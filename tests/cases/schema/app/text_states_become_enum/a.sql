create table ticket (id int primary key, state text not null default 'open' check (state in ('open', 'closed')), priority varchar(10) default 'low');
create index on ticket (state) where state = 'open';
create view open_ticket as select id, priority from ticket where state = 'open';

insert into ticket values (1, 'open', 'high'), (2, 'closed', 'low');

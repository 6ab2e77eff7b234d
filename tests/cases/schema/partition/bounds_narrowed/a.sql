create table event (id int not null, at date not null, primary key (id, at)) partition by range (at);
create table event_first partition of event for values from ('2026-01-01') to ('2027-01-01');
create table event_later partition of event for values from ('2027-01-01') to ('2028-01-01');
create table mark (id int, at date, foreign key (id, at) references event);

create function refuse() returns trigger language plpgsql as $$begin return null; end$$;
create trigger refused before insert on event for each row execute function refuse();
alter table event disable trigger refused;
insert into event values (1, '2026-01-05'), (2, '2026-08-05'), (3, '2027-01-01');
insert into mark values (2, '2026-08-05');
alter table event enable trigger refused;

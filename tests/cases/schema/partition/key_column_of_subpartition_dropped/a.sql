create table event (region text, day date, v int) partition by list (region);
create table event_eu partition of event for values in ('eu') partition by range (day);
create table event_eu_rest partition of event_eu default;
create table event_us partition of event for values in ('us');

insert into event values ('eu', '2026-01-01', 1), ('us', '2026-01-01', 2);

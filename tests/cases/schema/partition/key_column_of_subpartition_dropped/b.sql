create table event (region text, v int) partition by list (region);
create table event_eu partition of event for values in ('eu');
create table event_us partition of event for values in ('us');

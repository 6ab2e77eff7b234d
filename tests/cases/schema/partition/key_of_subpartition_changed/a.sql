create table e (region text, day date) partition by list (lower(region));
create table e_eu partition of e for values in ('eu') partition by range (day);
create table e_eu_first partition of e_eu for values from ('2026-01-01') to ('2027-01-01');
create table e_us partition of e for values in ('us');

insert into e values ('EU', '2026-01-05'), ('us', '2026-02-05'), ('us', null);

create type region as enum ('eu', 'us', 'old');
create table sale (id int not null, region region not null, day date not null) partition by list (region);
create table sale_eu partition of sale for values in ('eu') partition by range (day);
create table sale_eu_rest partition of sale_eu default;
create table sale_us partition of sale for values in ('us', 'old');

insert into sale values (1, 'eu', '2026-01-05'), (2, 'us', '2026-02-05');

create type region as enum ('us', 'eu');
create table sale (id int not null, region region not null, day timestamp not null) partition by list (region);
create table sale_eu partition of sale for values in ('eu') partition by range (day);
create table sale_eu_rest partition of sale_eu default;
create table sale_us partition of sale for values in ('us');

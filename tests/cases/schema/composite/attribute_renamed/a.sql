create type addr as (street text, number int);
create view v as select row('x', 1)::addr as a;

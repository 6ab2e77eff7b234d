create type addr as (road text, number int);
create view v as select row('x', 1)::addr as a;

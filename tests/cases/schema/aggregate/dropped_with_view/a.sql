create table t (id int, n numeric);

create function add_up(numeric, numeric) returns numeric language sql immutable as 'select $1 + coalesce($2, 0)';
create aggregate total(numeric) (sfunc = add_up, stype = numeric, initcond = '0');
create view v as select total(n) as n from t;

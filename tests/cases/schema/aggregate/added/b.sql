create function add_up(numeric, numeric) returns numeric language sql immutable as 'select $1 + coalesce($2, 0)';
create aggregate total(numeric) (sfunc = add_up, stype = numeric, initcond = '0', parallel = safe);

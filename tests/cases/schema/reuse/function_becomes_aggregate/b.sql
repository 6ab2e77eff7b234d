create function step(int, int) returns int language sql immutable as 'select $1 + $2';

create aggregate total(int) (sfunc = step, stype = int, initcond = '0');

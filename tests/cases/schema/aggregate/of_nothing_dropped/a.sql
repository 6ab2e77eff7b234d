create aggregate rows_seen(*) (sfunc = int8inc, stype = int8, initcond = '0');
create aggregate rows_kept(*) (sfunc = int8inc, stype = int8, initcond = '0');

create aggregate rows_kept(*) (sfunc = int8inc, stype = int8, initcond = '0');
comment on aggregate rows_kept(*) is 'as many as there are';

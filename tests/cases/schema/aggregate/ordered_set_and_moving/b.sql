create function step(state int, value int) returns int language sql immutable as 'select coalesce(state, 0) + value';
create function back(state int, value int) returns int language sql immutable as 'select coalesce(state, 0) - value';
create aggregate run(int) (sfunc = step, stype = int, msfunc = step, minvfunc = back, mstype = int, sortop = operator(pg_catalog.<));
create aggregate mine(float8 order by anyelement) (sfunc = ordered_set_transition, stype = internal, finalfunc = percentile_disc_final, finalfunc_extra);

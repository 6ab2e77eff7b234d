create type pair as (a int, b int);
create function same(pair, pair) returns boolean language sql immutable as 'select ($1).a = ($2).a';
create function other(pair, pair) returns boolean language sql immutable as 'select ($1).a <> ($2).a';

create operator === (leftarg = pair, rightarg = pair, function = same, commutator = ===, negator = !==, restrict = eqsel, join = eqjoinsel, hashes, merges);
create operator !== (leftarg = pair, rightarg = pair, function = other, commutator = !==, negator = ===);
create operator !!! (rightarg = int, function = int4abs);

create type pair as (a int, b int);

create function same(pair, pair) returns boolean language sql immutable as 'select ($1).a = ($2).a';
create operator == (leftarg = pair, rightarg = pair, function = same);
create view v as select row(1, 2)::pair == row(1, 3)::pair as same;

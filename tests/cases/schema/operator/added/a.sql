create type pair as (a int, b int);
create function same(pair, pair) returns boolean language sql immutable as 'select ($1).a = ($2).a';
create function other(pair, pair) returns boolean language sql immutable as 'select ($1).a <> ($2).a';

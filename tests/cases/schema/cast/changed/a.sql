create type pair as (a int, b int);
create function to_int(pair) returns int language sql immutable as 'select 1';

create cast (pair as int) with function to_int(pair);

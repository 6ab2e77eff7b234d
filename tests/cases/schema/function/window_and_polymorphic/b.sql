create function first_of(anyarray) returns anyelement language sql immutable as 'select $1[1]';
create function pair(a anycompatible, b anycompatible) returns anycompatiblearray language sql as 'select array[a, b]';
create function rec() returns setof record language sql as 'select 1, 2';
create function nothing() returns void language sql as '';

create function step(int, int) returns int language sql immutable as 'select $1 + $2';

create function total(int) returns int language sql as 'select $1';

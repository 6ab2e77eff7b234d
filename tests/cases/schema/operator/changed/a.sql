create function cat(text, text) returns text language sql immutable as 'select $1 || $2';
create function tac(text, text) returns text language sql immutable as 'select $2 || $1';

create operator |+| (leftarg = text, rightarg = text, function = cat);

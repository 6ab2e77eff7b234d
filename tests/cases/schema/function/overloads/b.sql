create function f(a text) returns int language sql as 'select 3';
create function f(a text, b text) returns int language sql as 'select 4';

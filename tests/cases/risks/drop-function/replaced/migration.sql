drop function price(int);
create function price(int) returns numeric language sql as 'select 1.0';

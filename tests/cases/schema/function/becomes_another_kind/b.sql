create procedure f(a int) language sql as 'select a';
create function p() returns int language sql as 'select 1';
create aggregate w(int) (sfunc = int4pl, stype = int);

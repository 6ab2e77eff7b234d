create function stage() returns int language sql as 'select 1';
drop function stage();

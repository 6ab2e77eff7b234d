create procedure purge() language sql as 'truncate a; drop table b';
call purge();

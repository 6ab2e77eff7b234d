create function fix() returns void language sql as 'select 1';
select fix();

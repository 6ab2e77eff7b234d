alter table authors add column email text;
select name from authors where id = 1;

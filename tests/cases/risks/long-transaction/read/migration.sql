alter table authors add column email text;
select count(*) from authors;

alter table authors add column email text;
select 1;

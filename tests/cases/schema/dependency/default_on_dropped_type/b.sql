create table t (id int primary key);

create function first_e() returns text language sql as $$ select 'a'::text $$;
alter table t add column x text default first_e();

create table t (id int primary key);

create type e as enum ('a', 'b');
create function first_e() returns e language sql as $$ select 'a'::e $$;
alter table t add column x e default first_e();

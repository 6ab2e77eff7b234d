create table t (id int primary key, tenant text);

create function me() returns varchar language sql stable as $$ select 'x'::varchar $$;
create policy p on t using (tenant = me());
create view mine as select id from t where tenant = me();

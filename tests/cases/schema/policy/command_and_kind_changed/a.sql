create table t (id int primary key, tenant int);

create policy own on t for select using (tenant = 1);
create policy two on t using (tenant = 1);
